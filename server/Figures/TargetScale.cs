namespace ExplainLsp.Figures;

/// <summary>What a target's numbers are, which decides how they are written and which axes a figure has.</summary>
public enum TargetScale
{
    /// <summary>A class's probability, 0 to 1; written in %, contributions in percentage points.</summary>
    Probability,

    /// <summary>ln(p / (1 − p)) of a class: the logistic function gives its probability, so axes carry a second line.</summary>
    LogOdds,

    /// <summary>An unnormalised score among several; no probability follows from it alone.</summary>
    Logit,

    /// <summary>A regression value in the target's own unit.</summary>
    Value,
}
