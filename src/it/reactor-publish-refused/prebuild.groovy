io.github.imagedelivery.ecr.it.ReactorPublishRefused.prepare(context, basedir)
