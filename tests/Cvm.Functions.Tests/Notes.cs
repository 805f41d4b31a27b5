using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Cvm.Functions.Tests;

/// <summary>Keeps every line that is logged.</summary>
sealed class Notes : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue(formatter(state, exception));

    public void Dispose()
    {
        // It holds nothing.
    }
}
