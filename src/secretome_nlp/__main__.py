"""`python -m secretome_nlp`: the command line."""

from secretome_nlp.cli.main import main

if __name__ == "__main__":
    main()
