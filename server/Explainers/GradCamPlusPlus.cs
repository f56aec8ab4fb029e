using ExplainLsp.Explainers.Gradients;

namespace ExplainLsp.Explainers;

/// <summary>
/// Grad-CAM++ (Chattopadhay et al. 2018, eq. 10 and 19): channels weighed by the positive part of the gradient, each place by
/// g² / (2g² + ΣA·g³), so that several objects of the class are all shown. As in the paper's closed form, the explained score is taken as
/// exponentiated.
/// </summary>
public sealed class GradCamPlusPlus : ClassActivationMap
{
    /// <inheritdoc/>
    public override string Id => "grad-cam-plus-plus";

    /// <inheritdoc/>
    public override string Title => "Grad-CAM++";

    private protected override void Join(ReadOnlySpan<double> activations, ReadOnlySpan<double> gradients, FeatureMap form, Span<double> map)
    {
        for (int channel = 0; channel < form.Channels; channel++)
        {
            double sum = 0;
            for (int place = 0; place < form.Count; place++)
                sum += activations[form.IndexOf(channel, place)];
            double weight = 0;
            for (int place = 0; place < form.Count; place++)
            {
                double gradient = gradients[form.IndexOf(channel, place)];
                // Of places that pull down nothing is kept, whatever their weight.
                if (gradient <= 0)
                    continue;
                double denominator = 2 + (sum * gradient);
                weight += gradient / (denominator == 0 ? 1 : denominator);
            }
            for (int place = 0; place < form.Count; place++)
                map[place] += weight * activations[form.IndexOf(channel, place)];
        }
    }
}
