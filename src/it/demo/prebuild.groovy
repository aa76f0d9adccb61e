io.github.imagedelivery.ecr.it.Demo.prepare(context, basedir, narrate)
