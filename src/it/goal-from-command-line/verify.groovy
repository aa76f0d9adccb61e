io.github.imagedelivery.ecr.it.GoalFromCommandLine.verify(context, basedir)
