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
        if (!which.MayBeOpen)
        {
            Assert.Throws<Models.Gradients.ShapesNeededException>(() => FiniteDifferences.Compare(which, open: true));
            return;
        }

        var result = FiniteDifferences.Compare(which, open: true);

        Assert.True(result.Error < Tolerance, $"{name}: off by {result.Error:G3}.");
    }
}
