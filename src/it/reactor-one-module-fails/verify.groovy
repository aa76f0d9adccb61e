io.github.imagedelivery.ecr.it.ReactorOneModuleFails.verify(context, basedir)
