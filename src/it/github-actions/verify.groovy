io.github.imagedelivery.ecr.it.GitHubActions.verify(context, basedir)
