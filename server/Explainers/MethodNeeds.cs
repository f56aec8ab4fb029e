namespace ExplainLsp.Explainers;

/// <summary>What a method needs of a model beside its predictions.</summary>
public enum MethodNeeds
{
    /// <summary>Nothing: any model that runs.</summary>
    Predictions,

    /// <summary>Gradients with respect to floating point inputs.</summary>
    Gradients,

    /// <summary>Gradients, and an inner tensor that is a map over the picture.</summary>
    FeatureMap,

    /// <summary>A tree ensemble that can be read from the file.</summary>
    Trees,

    /// <summary>A linear model that can be read from the file.</summary>
    Linear,
}
