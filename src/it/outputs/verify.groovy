io.github.imagedelivery.ecr.it.Outputs.verify(context, basedir)
