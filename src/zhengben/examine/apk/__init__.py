"""Looking inside Android packages: zip, binary XML, resources, signatures, strings, icons; bytes in, facts out."""
