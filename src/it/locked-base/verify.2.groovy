io.github.imagedelivery.ecr.it.LockedBase.afterTheDeploy(context, basedir)
