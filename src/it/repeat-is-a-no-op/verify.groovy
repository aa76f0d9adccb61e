io.github.imagedelivery.ecr.it.RepeatIsANoOp.verify(context, basedir)
