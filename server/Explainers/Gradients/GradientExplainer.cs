namespace ExplainLsp.Explainers.Gradients;

/// <summary>What all methods by gradients share: they explain rows of floating point columns, images and tensors.</summary>
public abstract class GradientExplainer : ILocalExplainer
{
    /// <inheritdoc/>
    public abstract string Id { get; }

    /// <inheritdoc/>
    public abstract string Title { get; }

    /// <inheritdoc/>
    public virtual IReadOnlyList<ExplainerOption> Options => [];

    /// <inheritdoc/>
    public virtual SampleKinds Kinds => SampleKinds.Rows | SampleKinds.Grids;

    /// <inheritdoc/>
    public virtual MethodNeeds Needs => MethodNeeds.Gradients;

    /// <inheritdoc/>
    public Explanation Explain(LocalRequest request, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Compute(new GradientRun(this, OptionsFor(request), request, progress, cancellation));
    }

    /// <summary>The options that are allowed for a request.</summary>
    private protected virtual IReadOnlyList<ExplainerOption> OptionsFor(LocalRequest request) => Options;

    private protected abstract Explanation Compute(GradientRun run);
}

/// <summary>A method by gradients that gives attributions for any point, so that <see cref="SmoothGrad"/> can average it over noisy copies.</summary>
public abstract class PointExplainer : GradientExplainer
{
    /// <summary>Reads the options and gives the method as a function.</summary>
    internal abstract IAttributor Attributor(GradientRun run, OptionReader options);

    private protected override Explanation Compute(GradientRun run)
    {
        IAttributor attributor = Attributor(run, run.Options);
        run.WarnIfSaturated();
        AttributionRows rows = attributor.Attribute(run.Point.Values, 1);
        run.Report(attributor.PassesPerPoint, attributor.PassesPerPoint);
        return run.Tell(rows);
    }
}
