using ExplainLsp.Explainers.Sampling;

namespace ExplainLsp.Explainers.Rules;

/// <summary>
/// Beam search for the rule of largest coverage among those precise enough (Ribeiro et al. 2018, algorithm 2). Which rules of a size are
/// the most precise is found with KL-LUCB (Kaufmann and Kalyanakrishnan 2013): samples go to the rules that are hardest to tell apart.
/// </summary>
/// <param name="sampler">Draws samples.</param>
/// <param name="settings">When a rule is precise enough, and how hard to search.</param>
/// <param name="seed">The seed of samples.</param>
internal sealed class RuleSearch(RuleSampler sampler, RuleSettings settings, long seed)
{
    private const long SearchStream = 0x616E6368;
    private const long ConfirmStream = 0x636F6E66;
    private const long CheckStream = 0x63686563;
    private const int Batch = 100;
    private const int ConfirmSamples = 1000;
    private const int MostSizes = 40;

    /// <summary>Whether samples ran out before the search was over.</summary>
    public bool RanOut { get; private set; }

    /// <summary>The rule of largest coverage that is precise enough; else the most precise one that was seen.</summary>
    /// <returns>Predicates by number, in the order in which they were added, and whether they are precise enough.</returns>
    public (int[] Predicates, bool Holds) Find(CancellationToken cancellation)
    {
        Rule empty = NewRule([]);
        sampler.Draw([empty], Batch, cancellation);
        if (IsPrecise(empty, 1, cancellation))
            return ([], true);
        Rule? best = null;
        Rule closest = empty;
        Rule[] beam = [empty];
        for (int size = 1; size <= sampler.Predicates.Count; size++)
        {
            Rule[] rules = Extend(beam, best?.Coverage ?? -1, cancellation);
            if (rules.Length == 0 || RanOut)
                break;
            beam = MostPrecise(rules, cancellation);
            foreach (Rule rule in beam)
            {
                if (rule.Coverage > (best?.Coverage ?? -1) && IsPrecise(rule, rules.Length, cancellation))
                    best = rule;
                closest = rule.Precision > closest.Precision ? rule : closest;
            }
        }
        return best is null ? (closest.Predicates, false) : (best.Predicates, true);
    }

    /// <summary>The precision of a rule's first predicates: of none, of one, … of all, each on the same number of fresh samples.</summary>
    public double[] Check(int[] predicates, CancellationToken cancellation)
    {
        // One stream for all: what they share is no noise between them.
        Rule[] prefixes = [.. Enumerable.Range(0, predicates.Length + 1).Select(count => new Rule(predicates[..count], 0, new SeededRandom(seed, CheckStream)))];
        sampler.Draw(prefixes, settings.Samples, cancellation);
        return [.. prefixes.Select(prefix => prefix.Precision)];
    }

    /// <summary>Rules with one predicate more, each set once, that cover more than the best one so far.</summary>
    private Rule[] Extend(Rule[] beam, double coverage, CancellationToken cancellation)
    {
        HashSet<string> seen = [];
        List<Rule> rules = [];
        foreach (Rule from in beam)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int predicate = 0; predicate < sampler.Predicates.Count; predicate++)
            {
                // A second bound of a column must narrow it.
                int[] predicates = [.. from.Predicates, predicate];
                if (from.Predicates.Contains(predicate) || sampler.Conditions(predicates).SequenceEqual(sampler.Conditions(from.Predicates)))
                    continue;
                if (sampler.Coverage(predicates) > coverage && seen.Add(string.Join(',', predicates.Order())))
                    rules.Add(NewRule(predicates));
            }
        }
        return [.. rules];
    }

    /// <summary>The rules of largest precision, as many as the beam is wide, most precise first.</summary>
    private Rule[] MostPrecise(Rule[] rules, CancellationToken cancellation)
    {
        sampler.Draw(rules, Batch, cancellation);
        int wide = Math.Min(settings.BeamSize, rules.Length);
        // Rules that are nearly as precise as each other would take all samples, and it matters little which of them stay.
        long most = sampler.Samples + (settings.Evaluations / MostSizes);
        for (int step = 1; ; step++)
        {
            Rule[] ranked = [.. rules.OrderByDescending(rule => rule.Precision).ThenByDescending(rule => rule.Coverage)];
            if (wide == rules.Length)
                return ranked;
            double rate = PrecisionBounds.Exploration(rules.Length, step, settings.Delta);
            Rule weakest = ranked.Take(wide).MinBy(Lower)!;
            Rule strongest = ranked.Skip(wide).MaxBy(Upper)!;
            if (Upper(strongest) - Lower(weakest) <= settings.Tau)
                return ranked[..wide];
            if (!Allows(2 * Batch) || sampler.Samples > most)
                return ranked[..wide];
            sampler.Draw([weakest, strongest], Batch, cancellation);

            double Lower(Rule rule) => PrecisionBounds.Lower(rule.Precision, rate / rule.Samples);
            double Upper(Rule rule) => PrecisionBounds.Upper(rule.Precision, rate / rule.Samples);
        }
    }

    /// <summary>
    /// Samples a rule until its precision is told apart from the threshold within tau; then looks at samples that had no part in choosing
    /// it, since the best of many looks better than it is.
    /// </summary>
    private bool IsPrecise(Rule rule, int rules, CancellationToken cancellation)
    {
        double level = Math.Log((1 + ((settings.BeamSize - 1) * rules)) / settings.Delta);
        while (true)
        {
            double low = PrecisionBounds.Lower(rule.Precision, level / rule.Samples);
            double high = PrecisionBounds.Upper(rule.Precision, level / rule.Samples);
            bool open = rule.Precision >= settings.Threshold ? low < settings.Threshold - settings.Tau : high >= settings.Threshold + settings.Tau;
            if (!open || !Allows(Batch))
                break;
            sampler.Draw([rule], Batch, cancellation);
        }
        if (rule.Precision < settings.Threshold || !Allows(ConfirmSamples))
            return false;
        var fresh = new Rule(rule.Predicates, rule.Coverage, new SeededRandom(seed, [ConfirmStream, .. rule.Predicates.Order().Select(number => (long)number)]));
        sampler.Draw([fresh], ConfirmSamples, cancellation);
        return fresh.Precision >= settings.Threshold;
    }

    private bool Allows(int samples)
    {
        RanOut |= sampler.Samples + samples > settings.Evaluations;
        return !RanOut;
    }

    private Rule NewRule(int[] predicates) => new(predicates, sampler.Coverage(predicates), new SeededRandom(seed, [SearchStream, .. predicates.Order().Select(number => (long)number)]));
}

/// <summary>When a rule is precise enough, and how hard to search.</summary>
/// <param name="Threshold">The precision that it must have.</param>
/// <param name="Delta">The chance with which the search may err.</param>
/// <param name="Tau">The difference in precision that need not be told apart.</param>
/// <param name="BeamSize">Rules that are kept of each size.</param>
/// <param name="Samples">Fresh samples of the check.</param>
/// <param name="Evaluations">Samples of the search at most.</param>
internal sealed record RuleSettings(double Threshold, double Delta, double Tau, int BeamSize, int Samples, long Evaluations);
