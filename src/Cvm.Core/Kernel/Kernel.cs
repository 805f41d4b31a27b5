namespace Cvm;

/// <summary>Decides what happens next. Same input, same turn, on every host and for good.</summary>
public static class Kernel
{
    /// <summary>Takes one signal: the new dossier, effects in its outbox, and a line for everything that happened or did not.</summary>
    public static Turn Take(Playbook playbook, Dossier dossier, Signal signal, DateTimeOffset now) => throw new NotSupportedException();
}
