io.github.imagedelivery.ecr.it.LibraryIsSkipped.verify(context, basedir)
