io.github.imagedelivery.ecr.it.Scenario.prepare(context, basedir)
