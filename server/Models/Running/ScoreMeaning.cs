namespace ExplainLsp.Models.Running;

/// <summary>What the node behind an output says about its numbers.</summary>
internal enum ScoreMeaning
{
    /// <summary>Nothing.</summary>
    Unknown,

    /// <summary>Probabilities that add up to one over the columns.</summary>
    Probabilities,

    /// <summary>One probability a column, each for itself.</summary>
    Sigmoid,

    /// <summary>Scores before they become probabilities.</summary>
    Logits,

    /// <summary>Regression values.</summary>
    Values,
}

/// <summary>
/// Reads the meaning of an output from the graph. Renaming, converting and reshaping nodes are looked through (<see cref="GraphTrace.Original"/>);
/// then the operator decides:
/// <list type="bullet">
/// <item><c>Softmax</c>, <c>Normalizer</c> with norm L1: probabilities. <c>LogSoftmax</c>: logits (softmax of log p is p).</item>
/// <item><c>Sigmoid</c>: one probability a column. <c>Concat</c> with a sigmoid (or one minus a sigmoid) in it: probabilities.</item>
/// <item>Classifiers of ONNX-ML: probabilities with a post transform; without one, a tree ensemble whose leaves are all at least zero
/// (a forest: leaves hold class shares; ONNX Runtime uses the same rule) or a vector machine with <c>prob_a</c>; otherwise logits.</item>
/// <item>Regressors of ONNX-ML: values.</item>
/// </list>
/// </summary>
internal static class ScoreMeaningReader
{
    public static ScoreMeaning Read(GraphTrace graph, string tensor)
    {
        tensor = graph.Original(tensor);
        return graph.Writer(tensor) is not { } node ? ScoreMeaning.Unknown : node.Operator switch
        {
            "Softmax" => ScoreMeaning.Probabilities,
            "LogSoftmax" => ScoreMeaning.Logits,
            "Sigmoid" => ScoreMeaning.Sigmoid,
            "Normalizer" => Text(node, "norm") == "L1" ? ScoreMeaning.Probabilities : ScoreMeaning.Unknown,
            "Concat" => node.Inputs.Any(input => IsSigmoidOrItsComplement(graph, input)) ? ScoreMeaning.Probabilities : ScoreMeaning.Unknown,
            "TreeEnsembleClassifier" or "LinearClassifier" or "SVMClassifier" => OfClassifier(node),
            "TreeEnsembleRegressor" or "LinearRegressor" or "SVMRegressor" => ScoreMeaning.Values,
            "TreeEnsemble" => OfTreeEnsemble(node),
            _ => ScoreMeaning.Unknown,
        };
    }

    private static bool IsSigmoidOrItsComplement(GraphTrace graph, string tensor)
    {
        var writer = graph.Writer(graph.Original(tensor));
        if (writer is { Operator: "Sub", Inputs: [_, var subtrahend] })
            writer = graph.Writer(graph.Original(subtrahend));
        return writer?.Operator == "Sigmoid";
    }

    private static ScoreMeaning OfClassifier(ModelNode node)
    {
        if (Text(node, "post_transform") is not ("" or "NONE"))
            return ScoreMeaning.Probabilities;
        return node.Operator switch
        {
            "TreeEnsembleClassifier" => node.Attribute("class_weights")?.Minimum switch
            {
                >= 0 => ScoreMeaning.Probabilities,
                < 0 => ScoreMeaning.Logits,
                _ => ScoreMeaning.Unknown,
            },
            "SVMClassifier" when node.Attribute("prob_a") is { Count: > 0 } => ScoreMeaning.Probabilities,
            _ => ScoreMeaning.Logits,
        };
    }

    /// <summary>ONNX-ML 5 has one operator for both; its post transform is a number: none, softmax, logistic, softmax-zero, probit.</summary>
    private static ScoreMeaning OfTreeEnsemble(ModelNode node) =>
        node.Attribute("post_transform") is { Integers: [var transform] } ? transform switch
        {
            1 or 3 => ScoreMeaning.Probabilities,
            2 or 4 => ScoreMeaning.Sigmoid,
            _ => ScoreMeaning.Unknown,
        }
        : ScoreMeaning.Unknown;

    private static string Text(ModelNode node, string attribute) => node.Attribute(attribute) is { Texts: [var text] } ? text : "";
}
