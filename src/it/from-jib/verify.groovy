io.github.imagedelivery.ecr.it.FromJib.verify(context, basedir)
