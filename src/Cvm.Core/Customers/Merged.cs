namespace Cvm;

/// <summary>A record that has become part of this one: its id leads here, and its timeline is kept under it.</summary>
/// <param name="Name">What it was found by; and with its addresses, what is erased with this one.</param>
public sealed record MergedRecord(string Customer, DateTimeOffset At, string? Name = null, string? Email = null, string? Phone = null);

/// <summary>A record on its way into another: it takes nothing any more, and hands over what it holds.</summary>
public sealed record Leaving(DateTimeOffset At, string By);
