"""The public's page: is this real?"""
