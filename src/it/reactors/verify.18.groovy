io.github.imagedelivery.ecr.it.Reactors.afterAll(context, basedir)
