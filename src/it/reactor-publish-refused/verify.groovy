io.github.imagedelivery.ecr.it.ReactorPublishRefused.verify(context, basedir)
