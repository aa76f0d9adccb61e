io.github.imagedelivery.ecr.it.Outputs.afterTheDryRun(context, basedir)
