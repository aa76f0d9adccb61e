io.github.imagedelivery.ecr.it.PullRequestRefused.verify(context, basedir)
