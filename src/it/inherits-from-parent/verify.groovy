io.github.imagedelivery.ecr.it.InheritsFromParent.verify(context, basedir)
