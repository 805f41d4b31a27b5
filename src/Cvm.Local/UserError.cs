using System.Diagnostics.CodeAnalysis;

namespace Cvm.Local;

/// <summary>Something a person can mend: what is wrong and what to do about it. Printed without a stack trace.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "An error of the user's world, not an exception of the program's.")]
public sealed class UserError(string message, Exception? cause = null) : Exception(message, cause);
