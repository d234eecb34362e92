"""The doorstep: a command goes to the command line, everything else to the window."""

import sys

COMMANDS = (
    "sample", "new", "add", "presets", "terms", "quote", "schedule", "payoff", "book", "decide",
    "compare", "value", "simulate", "export",
)  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Run the program with the given arguments, those of the process if none are given."""
    given = sys.argv[1:] if arguments is None else arguments
    if _is_for_command_line(given):
        from notemodeler.cli.main import main as run_command

        return run_command(given)
    from notemodeler.ui.start import main as open_window

    return open_window(given)


def _is_for_command_line(given: list[str]) -> bool:
    return bool(given) and (given[0] in COMMANDS or given[0] in ("-h", "--help", "--version"))


if __name__ == "__main__":
    sys.exit(main())
