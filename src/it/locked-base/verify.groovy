io.github.imagedelivery.ecr.it.LockedBase.verify(context, basedir)
