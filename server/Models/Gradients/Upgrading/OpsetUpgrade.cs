using ExplainLsp.Models.Onnx;

namespace ExplainLsp.Models.Gradients.Upgrading;

/// <summary>Brings a model to opset 18, which the backward pass needs; a newer one stays as it is.</summary>
internal static class OpsetUpgrade
{
    /// <summary>The opset whose operators rules may use.</summary>
    public const long Target = 18;

    // The first IR version that opset 18 was released with.
    private const long TargetIr = 8;

    /// <summary>Upgrades a model in place.</summary>
    public static void Apply(ModelProto model)
    {
        model.IrVersion = Math.Max(model.IrVersion, TargetIr);
        foreach (var opset in model.OpsetImport)
        {
            if (opset.Domain is "" or "ai.onnx")
                opset.Version = Math.Max(opset.Version, Target);
        }
    }
}
