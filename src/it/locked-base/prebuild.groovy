io.github.imagedelivery.ecr.it.LockedBase.prepare(context, basedir)
