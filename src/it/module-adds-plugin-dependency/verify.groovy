io.github.imagedelivery.ecr.it.ModuleAddsPluginDependency.verify(context, basedir)
