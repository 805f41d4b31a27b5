namespace Cvm;

// What the nightly sweep finds.
sealed partial class Deciding
{
    void RecordScores(Signal.Scored scored)
    {
        var (was, next) = (dossier.Scores, scored.Scores);

        // A sweep that was cut off may come again after a later one.
        if (was.AsOf >= next.AsOf) return;

        dossier = dossier with { Scores = next };
        Say(new(now, Happening.Scored) { Subject = was.AsOf is null ? null : next.Segment, Because = $"{ScoreWords.Moved(was, next)}, by {next.Model}", Figure = (decimal)Math.Round(next.Alive, 4) });

        // The first scores are no change: an import of old customers would start a journey for each.
        if (was.AsOf is not null) Raise(new Signal.ScoreChanged(scored.At, was));
    }
}
