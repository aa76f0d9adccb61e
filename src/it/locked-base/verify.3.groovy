io.github.imagedelivery.ecr.it.LockedBase.afterTheDryRun(context, basedir)
