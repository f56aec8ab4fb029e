using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>What one number of a map is, by method: contributions are in the output's own unit, other maps are not.</summary>
internal static class MapUnits
{
    /// <summary>The output's scale in a word.</summary>
    public static string ScaleWord(TargetScale scale) => scale switch
    {
        TargetScale.Probability => "probability",
        TargetScale.LogOdds => "log-odds",
        TargetScale.Logit => "logit",
        _ => "value",
    };

    /// <summary>What a number of the map belongs to.</summary>
    public static string CellOf(ExplanationReport report)
    {
        var tensor = report.Explanation.Tensor!;
        return tensor.Name != report.Grid!.Tensor.Name ? "cell"
            : report.Explanation.Attributions.IsEmpty ? "pixel"
            : "region";
    }

    /// <summary>Its unit, to be followed by the class: "logit of", "gradient of the logit of".</summary>
    public static string UnitOf(ExplanationReport report)
    {
        var scale = ScaleWord(report.Scale);
        return report.Explanation.Method switch
        {
            "saliency" or "smooth-grad" or "guided-backprop" or "deconvolution" => $"gradient of the {scale} of",
            "grad-cam" or "grad-cam-plus-plus" or "layer-cam" or "hires-cam" => $"activation × gradient of the {scale} of",
            "guided-grad-cam" => $"guided gradient × map, {scale} of",
            "score-cam" => $"activation × {scale} of",
            "rise" => $"mean {scale} where it is kept, of",
            "layer-activation" => "activation, shown for",
            _ => $"{scale} of",
        };
    }
}
