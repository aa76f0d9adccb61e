io.github.imagedelivery.ecr.it.StageThenPublish.afterStaging(context, basedir)
