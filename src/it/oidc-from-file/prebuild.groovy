io.github.imagedelivery.ecr.it.OidcFromFile.prepare(context, basedir)
