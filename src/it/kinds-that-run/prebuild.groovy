io.github.imagedelivery.ecr.it.KindsThatRun.prepare(context, basedir, buildDirectory)
