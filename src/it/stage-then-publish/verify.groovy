io.github.imagedelivery.ecr.it.StageThenPublish.verify(context, basedir)
