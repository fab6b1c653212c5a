"""What leaves this machine, only because a command says so. Nothing else opens a socket."""
