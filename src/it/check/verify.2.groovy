io.github.imagedelivery.ecr.it.CheckBeforeTheBuild.afterTheTest(context, basedir)
