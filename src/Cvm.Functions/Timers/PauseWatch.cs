using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cvm.Functions;

/// <summary>Lets every machine know within half a minute what was published, paused or resumed on another.</summary>
public sealed class PauseWatch(Opening opening, TimeProvider clock, ILogger<PauseWatch> log) : BackgroundService
{
    static readonly TimeSpan Between = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Between, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await opening.Look(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(failure, "What is published and paused could not be looked up; the next look is in {Seconds} seconds.", Between.TotalSeconds);
            }
        }
    }
}
