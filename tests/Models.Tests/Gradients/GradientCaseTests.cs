namespace ExplainLsp.Models.Tests.Gradients;

/// <summary>Every case's gradient beside finite differences, with fixed and with open shapes.</summary>
public class GradientCaseTests
{
    /// <summary>What a gradient may differ from finite differences by, relative.</summary>
    public const double Tolerance = 1e-3;

    public static TheoryData<string> Names => [.. GradientCaseList.All.Select(which => which.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_OfOperator_AgreesWithFiniteDifferences(string name)
    {
        var result = GradientCaseList.Result(GradientCaseList.Find(name));

        Assert.True(result.Error < Tolerance, $"{name}: off by {result.Error:G3}.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_OfOperatorWithOpenShapes_AgreesWithFiniteDifferences(string name)
    {
        var which = GradientCaseList.Find(name);
        if (which.FixedOnly)
            return;
        if (!which.MayBeOpen)
        {
            Assert.Throws<Models.Gradients.ShapesNeededException>(() => FiniteDifferences.Compare(which, OpenShapes.All));
            return;
        }

        var result = FiniteDifferences.Compare(which, OpenShapes.All);

        Assert.True(result.Error < Tolerance, $"{name}: off by {result.Error:G3}.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_OfOperatorWithOpenBatch_AgreesWithFiniteDifferences(string name)
    {
        var which = GradientCaseList.Find(name);
        if (which.FixedOnly)
            return;
        CaseResult result;
        try
        {
            result = FiniteDifferences.Compare(which, OpenShapes.Batch);
        }
        catch (Models.Gradients.ShapesNeededException) when (!which.MayBeOpen)
        {
            return;
        }

        Assert.True(result.Error < Tolerance, $"{name}: off by {result.Error:G3}.");
    }
}
