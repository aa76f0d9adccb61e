io.github.imagedelivery.ecr.it.RepeatIsANoOp.afterFirst(context, basedir)
