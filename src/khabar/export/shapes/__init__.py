"""The base in the shapes of other people's data sets, with what each of them cannot hold."""
