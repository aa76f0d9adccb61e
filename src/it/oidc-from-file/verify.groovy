io.github.imagedelivery.ecr.it.OidcFromFile.verify(context, basedir)
