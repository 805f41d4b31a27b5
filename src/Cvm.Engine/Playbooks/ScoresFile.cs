using System.Globalization;

namespace Cvm.Engine;

/// <summary>scores.yaml: how customers are named, staged, banded and reckoned.</summary>
static class ScoresFile
{
    static readonly Field<TimeOnly> At = new("at", Shapes.TimeOfDay, "When the nightly sweep begins, in the shop's zone; 03:00 where it is absent.");
    static readonly Shape<double> Times = Shapes.Written(
        static (string text, out double times) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out times) && times is > 0 and <= 100,
        "a number above 0, at most 100",
        "Write it like 2 or 2.5.",
        () => new() { ["type"] = "number", ["exclusiveMinimum"] = 0, ["maximum"] = 100 });

    static readonly Field<string> Model = new("model", Shapes.OneOf("a model", [.. Fitting.Models.Select(name => (name, name))]), "The model of repeat buying; mbg-nbd where it is absent.");
    static readonly Field<RfmMap> Rfm = new("rfm", RfmFile.Map, "The segments of recency and frequency; every cell in one of them.");
    static readonly Field<StageRules> Stages = new("stages", StageShape(), "When a customer passes from one lifecycle stage to the next.");
    static readonly Field<double> Value = new("value", ValueShape(), "How far below its bound a value band is kept.");
    static readonly Field<PotentialRules> Potential = new("potential", PotentialShape(), "When a customer's potential is middle, and high.");
    static readonly Field<RelationshipRules> Relationship = new("relationship", RelationshipShape(), "When a relationship is core, and strategic.");
    static readonly Field<NeedRules> Needs = new("needs", NeedShape(), "When a customer counts as one who looks at prices, or at service.");
    static readonly Field<CostRules> Costs = new("costs", CostShape(), "The margin, and what things cost.");
    static readonly Field<long> Clusters = new("clusters", Shapes.Whole(2, 20), "How many groups of customers who behave alike; 5 where it is absent.");
    static readonly Field<TreeRules> Tree = new("tree", TreeShape(), "How far the tree that tells leavers from stayers goes.");

    static readonly Shape<ScoreRules> File = Combining.Mapping<ScoreRules>(
        "the rules of scores", [At, Model, Rfm, Stages, Value, Potential, Relationship, Needs, Costs, Clusters, Tree], Make);

    public static ScoreRules Read(Node node, Reading reading) => File.Read(node, reading) ?? ScoreRules.Usual;

    static ScoreRules Make(Values values, Reading reading)
    {
        var usual = ScoreRules.Usual;
        return new()
        {
            At = values.Get(At, usual.At),
            Model = values.Get(Model, usual.Model),
            Segments = values.Get(Rfm, usual.Segments),
            Stages = values.Get(Stages, usual.Stages),
            ValueSlack = values.Get(Value, usual.ValueSlack),
            Potential = values.Get(Potential, usual.Potential),
            Relationship = values.Get(Relationship, usual.Relationship),
            Needs = values.Get(Needs, usual.Needs),
            Costs = values.Get(Costs, usual.Costs),
            Clusters = (int)values.Get(Clusters, usual.Clusters),
            Tree = values.Get(Tree, usual.Tree),
        };
    }

    static Shape<StageRules> StageShape()
    {
        var usual = new StageRules();
        var mature = new Field<long>("mature-from", Shapes.Whole(2, 1_000), "Order days from which a customer is mature; 4 where it is absent.");
        var loyal = new Field<long>("loyal-from", Shapes.Whole(2, 1_000), "Order days from which a customer is loyal; 8 where it is absent.");
        var after = new Field<int>("loyal-after", Shapes.Days, "Time since the first order from which a customer may be loyal; 365d where it is absent.");
        var risk = new Field<double>("at-risk-after", Times, "Silence, in times the customer's own rhythm, beyond which a customer is at risk; 2 where it is absent.");
        var lapsed = new Field<double>("lapsed-after", Times, "Silence, in times the customer's own rhythm, beyond which a customer has lapsed; 6 where it is absent.");

        return Combining.Mapping<StageRules>("the stages", [mature, loyal, after, risk, lapsed], (v, reading) =>
        {
            var rules = new StageRules
            {
                MatureFrom = (int)v.Get(mature, usual.MatureFrom),
                LoyalFrom = (int)v.Get(loyal, usual.LoyalFrom),
                LoyalAfterDays = v.Get(after, usual.LoyalAfterDays),
                AtRiskAfter = v.Get(risk, usual.AtRiskAfter),
                LapsedAfter = v.Get(lapsed, usual.LapsedAfter),
            };
            if (rules.LoyalFrom < rules.MatureFrom) reading.Wrong(v.PlaceOf(loyal), "A customer would be loyal before being mature.", "Raise 'loyal-from', or lower 'mature-from'.");
            if (rules.LapsedAfter <= rules.AtRiskAfter) reading.Wrong(v.PlaceOf(lapsed), "A customer would lapse before being at risk.", "Raise 'lapsed-after', or lower 'at-risk-after'.");
            return rules;
        });
    }

    static Shape<double> ValueShape()
    {
        var slack = new Field<double>("slack", Shapes.Share, "Share of the bound by which a customer may fall below it and still keep the band; 10% where it is absent.", required: true);
        return Combining.Mapping<double>("the value band", [slack], (v, _) => v.Get(slack));
    }

    static Shape<PotentialRules> PotentialShape()
    {
        var usual = new PotentialRules();
        var middle = new Field<decimal>("middle", Shapes.Amount, "Margin to be expected within a year from which the potential is middle; 25 where it is absent.");
        var high = new Field<decimal>("high", Shapes.Amount, "Margin to be expected within a year from which the potential is high; 100 where it is absent.");
        var alive = new Field<double>("least-alive", Shapes.Share, "Chance of still being a customer below which the potential is low; 20% where it is absent.");

        return Combining.Mapping<PotentialRules>("the potential", [middle, high, alive], (v, reading) =>
        {
            var rules = new PotentialRules
            {
                MiddleFrom = (double)v.Get(middle, (decimal)usual.MiddleFrom),
                HighFrom = (double)v.Get(high, (decimal)usual.HighFrom),
                LeastAlive = v.Get(alive, usual.LeastAlive),
            };
            if (rules.HighFrom <= rules.MiddleFrom) reading.Wrong(v.PlaceOf(high), "'high' is not above 'middle'.", "Raise it.");
            return rules;
        });
    }

    static Shape<RelationshipRules> RelationshipShape()
    {
        var usual = new RelationshipRules();
        var core = new Field<long>("core-from", Shapes.Whole(1, 4), "Points of value and potential (low 0, middle 1, high 2 each) from which it is core; 2 where it is absent.");
        var strategic = new Field<long>("strategic-from", Shapes.Whole(1, 4), "Points from which it is strategic; 4 where it is absent.");

        return Combining.Mapping<RelationshipRules>("the relationship", [core, strategic], (v, reading) =>
        {
            var rules = new RelationshipRules((int)v.Get(core, usual.CoreFrom), (int)v.Get(strategic, usual.StrategicFrom));
            if (rules.StrategicFrom <= rules.CoreFrom) reading.Wrong(v.PlaceOf(strategic), "'strategic-from' is not above 'core-from'.", "Raise it.");
            return rules;
        });
    }

    static Shape<NeedRules> NeedShape()
    {
        var usual = new NeedRules();
        var price = new Field<double>("price-from", Shapes.Share, "Share of orders with a coupon from which price is what counts; 50% where it is absent.");
        var service = new Field<double>("service-from", Shapes.Share, "Complaints and unhappy answers for each order from which service is what counts; 25% where it is absent.");
        var signs = new Field<long>("least-signs", Shapes.Whole(1, 100), "Signs that are needed before either counts; 2 where it is absent.");

        return Combining.Mapping<NeedRules>("the needs", [price, service, signs], (v, _) => new()
        {
            PriceFrom = v.Get(price, usual.PriceFrom),
            ServiceFrom = v.Get(service, usual.ServiceFrom),
            LeastSigns = (int)v.Get(signs, usual.LeastSigns),
        });
    }

    static Shape<CostRules> CostShape()
    {
        var usual = new CostRules();
        var margin = new Field<double>("margin", Shapes.Share, "Share of the price that is left after the goods are paid; 40% where it is absent.");
        var point = new Field<decimal>("point", Shapes.Amount, "Cost of a point; 0.01 where it is absent.");
        var complaint = new Field<decimal>("case", Shapes.Amount, "Cost of a case; 8 where it is absent.");
        var task = new Field<decimal>("task", Shapes.Amount, "Cost of a task; 4 where it is absent.");
        var email = new Field<decimal>("email", Shapes.Amount, "Cost of an e-mail; 0.001 where it is absent.");
        var sms = new Field<decimal>("sms", Shapes.Amount, "Cost of a segment of an SMS; 0.07 where it is absent.");

        return Combining.Mapping<CostRules>("the costs", [margin, point, complaint, task, email, sms], (v, _) => new()
        {
            Margin = (decimal)v.Get(margin, (double)usual.Margin),
            Point = v.Get(point, usual.Point),
            Case = v.Get(complaint, usual.Case),
            Task = v.Get(task, usual.Task),
            Email = v.Get(email, usual.Email),
            Sms = v.Get(sms, usual.Sms),
        });
    }

    static Shape<TreeRules> TreeShape()
    {
        var usual = new TreeRules();
        var depth = new Field<long>("depth", Shapes.Whole(1, 6), "Questions in a row, at most; 3 where it is absent.");
        var least = new Field<double>("least-share", Shapes.Share, "Share of all customers that each answer holds at least; 2% where it is absent.");
        return Combining.Mapping<TreeRules>("the tree", [depth, least], (v, _) => usual with { Depth = (int)v.Get(depth, usual.Depth), LeastShare = v.Get(least, usual.LeastShare) });
    }
}
