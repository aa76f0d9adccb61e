io.github.imagedelivery.ecr.it.LockedBase.afterTheLock(context, basedir)
